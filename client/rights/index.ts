export { type Matter, matterOf } from './matter';
export { namesOf } from './names';
export {
  type Ground,
  type MayRead,
  mayRead,
  type ReadingScope,
  type RightsDirectory,
  readingScope,
  type Standing,
} from './rights';
