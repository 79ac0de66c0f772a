import { canonicalJson } from '../../values/json';
import { derivedKey, type IdempotencyKey } from '../api/idempotency';
import type { CheckedCredential } from '../credentials/credentialInput';
import { sameRecipient } from '../credentials/recipientId';

/**
 * What makes a credential this one and no other: whose, for what, and on which day where somebody gave one. Wording, defaults and the time of
 * day make no difference: the same learner's credential with a corrected name is still the same one.
 *
 * @param hasOwnDate false where the date is a default, or that of the moment, which is another one each time
 */
export const identityOf = ({ recipient, achievement, issuanceDate }: CheckedCredential, hasOwnDate: boolean): string =>
	canonicalJson([sameRecipient(recipient.id), achievement.id ?? achievement.name, ...(hasOwnDate ? [issuanceDate.slice(0, 10)] : [])]);

/** The key by which LearnCoin knows a batch for 24 hours (docs/api/learncoin.md 5): its learners in whatever order, not its bytes. */
export const batchKey = (identities: readonly string[], ...more: string[]): IdempotencyKey =>
	derivedKey('batch', ...more, ...[...identities].sort());
