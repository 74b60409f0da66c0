export { CONFIG_FILE, configSchema, kindOf, openConfig, type SiteConfig, type SiteKind } from './config';
export { type Reloaded, reload } from './reload';
export { type ReloadRequest, requested, requestReload, type Serving, serving, servingFolder } from './serving';
export { type Setting, settingsOf, variableOf } from './settings';
export { shownConfig } from './shown';
export { ledgerFile, ledgerPlace, openSite, type Site } from './site';
export { type ProcessVariable, processVariables } from './variables';
