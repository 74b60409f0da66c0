export { type Answer, type Asker, City, type CityParts, type Request } from './city';
