export { type Bundle, bundle } from './bundle';
