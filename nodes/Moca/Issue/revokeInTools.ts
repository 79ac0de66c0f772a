import type { IExecuteFunctions } from 'n8n-workflow';

import type { NodeOperation } from '../../../lib/items/nodeOperations';
import { isForModel } from '../../../lib/n8n/forModel';
import { attempt } from '../../../lib/values/attempt';
import { unlessLetForModels } from '../../form/forModels';

const whyNot =
	'Nothing was issued or revoked: On Duplicate is Revoke and Issue Again, and AI agents are not allowed to revoke, because that cannot be taken back. ' +
	'With On Duplicate set to Keep the Existing One, the tool issues.';

/** Issuing, unless a language model would revoke by it what the learner has. */
export const unlessRevoking =
	(issue: NodeOperation): NodeOperation =>
	async (context) =>
		await (isForModel(context) && mayRevoke(context) ? unlessLetForModels(issue, whyNot) : issue)(context);

/** What can’t be read is told by the operation itself, which then sends nothing. */
const mayRevoke = (context: IExecuteFunctions): boolean =>
	context.getInputData().some((_, index) => attempt(() => context.getNodeParameter('onDuplicate', index)) === 'revoke');
