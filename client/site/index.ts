export { CONFIG_FILE, kindOf, openConfig, type SiteConfig, type SiteKind } from './config';
export { ledgerFile, openSite, type Site } from './site';
