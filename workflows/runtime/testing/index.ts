export { Play } from './play';
