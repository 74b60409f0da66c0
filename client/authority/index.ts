export {
  type AuthorityDirectory,
  actorOf,
  type MadeStamp,
  type Stamped,
  type StampRefusal,
  type StampRefusalCode,
  type StampRequest,
  stampFor,
} from './stamp';
