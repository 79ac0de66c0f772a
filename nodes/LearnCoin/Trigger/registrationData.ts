import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What the trigger keeps of its registration at LearnCoin, in n8n's own data of this node. */
export interface Registration {
	/** `whk_…` */
	id: string;
	/** Shown once by LearnCoin, so it is lost with this data. Empty when it is lost. */
	secret: string;
	url: string;
	/** The names that were asked for. */
	events: string[];
	/** The n8n and the workflow that registered: the data also travels with exported workflows, and then belongs to another trigger. */
	registeredBy: string;
}

/** n8n's own data of this node: in test mode it is empty at first and apart from that of the published workflow. */
export const triggerData = (context: IHookFunctions | IWebhookFunctions): IDataObject => context.getWorkflowStaticData('node');

/** @returns undefined when there is none */
export function readRegistration(data: IDataObject): Registration | undefined {
	const text = (name: keyof Registration) => (typeof data[name] === 'string' ? data[name] : '');
	if (text('id') === '') return undefined;
	const events = Array.isArray(data.events) ? data.events.filter((name) => typeof name === 'string') : [];
	return { id: text('id'), secret: text('secret'), url: text('url'), events, registeredBy: text('registeredBy') };
}

export function keepRegistration(data: IDataObject, registration: Registration): void {
	Object.assign(data, registration);
}

/** Leaves the IDs of received events: they say what was done already. */
export function dropRegistration(data: IDataObject): void {
	for (const name of ['id', 'secret', 'url', 'events', 'registeredBy'] satisfies Array<keyof Registration>) delete data[name];
}

export const registrant = (context: IHookFunctions): string => `${context.getInstanceId()}/${context.getWorkflow().id ?? ''}`;
