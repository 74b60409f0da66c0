export { type ClassifiedMark, classifiedMark, isMarkedName, isMarkedText } from './marks';
