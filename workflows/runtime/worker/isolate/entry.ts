// What every bundle exports: the workflows it was made for, evaluated by the first case of an isolate for all of them.
module.exports = (require('./held') as typeof import('./held')).held(() => require('workflows-of-the-bundle'));
