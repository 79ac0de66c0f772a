import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeCredentialsDetails,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { holdsExpression } from './readingOnce';

/** What n8n-core’s contexts carry, and n8n’s types for nodes leave out. */
type WithHelper = IExecuteFunctions & { additionalData?: Partial<Pick<IWorkflowExecuteAdditionalData, 'credentialsHelper'>> };

/** n8n 1.123 and 2.40: (additionalData, nodeCredentials, type, mode, executeData, raw, expressionResolveValues). */
const parametersOfGetDecrypted = 7;

/**
 * Whether an n8n credential comes to the same for every item, because none of its fields is an expression.
 *
 * A node is given what the fields come to. That two items got the same says nothing of the third, so what n8n has stored is asked for: n8n
 * itself offers it to whoever has its helper (`raw`). Only what is stored word for word as it came out, or came out as the default of
 * its field, counts as the same. Whatever else there is, an expression, a value that n8n’s operator set, an n8n in which the helper is
 * missing or another one, counts as different: then each item is asked for.
 *
 * @param resolved what it came to for one item
 */
export async function isSameForAllItems(
	context: IExecuteFunctions,
	type: string,
	resolved: ICredentialDataDecryptedObject,
): Promise<boolean> {
	try {
		const stored = await storedFields(context, type);
		if (!stored) return false;
		const defaults = new Map(context.getCredentialsProperties(type).map(({ name, default: usual }) => [name, usual]));
		return Object.entries(resolved).every(
			([name, value]) => !holdsExpression(value) && value === (Object.hasOwn(stored, name) ? stored[name] : defaults.get(name)),
		);
	} catch {
		return false;
	}
}

async function storedFields(context: WithHelper, type: string): Promise<ICredentialDataDecryptedObject | undefined> {
	const { additionalData } = context;
	const helper = additionalData?.credentialsHelper;
	const entry: INodeCredentialsDetails | undefined = context.getNode().credentials?.[type];
	if (!additionalData || !entry || helper?.getDecrypted.length !== parametersOfGetDecrypted) return undefined;
	const whole = additionalData as IWorkflowExecuteAdditionalData;
	return await helper.getDecrypted(whole, entry, type, context.getMode(), context.getExecuteData(), true);
}
