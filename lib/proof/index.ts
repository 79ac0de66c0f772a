/** All that a program needs to check badges by their own proof. It is large: whoever seldom checks one loads it when there is one. */
export { longest, no, readJsonValue, tooLarge, type Reading } from './document/boundedJson';
export { readBadgeFile } from './document/badgeFile';
export type { Work } from './breather';
export { createVerifier, type Ask, type Verified, type Verify } from './verify';
