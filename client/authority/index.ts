export {
  type AuthorityBasis,
  type AuthorityDirectory,
  type AuthorityStamp,
  actorOf,
  type Stamped,
  type StampRefusal,
  type StampRefusalCode,
  type StampRequest,
  stampFor,
} from './stamp';
