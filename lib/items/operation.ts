import type { IDataObject } from 'n8n-workflow';

import type { Output } from './outcome';
import type { Step } from './runUnits';

/** How messages speak of an operation. */
export interface OperationMessages<Request> {
	/** What was done with an item that went through: “issued”. */
	done: string | ((requests: readonly Request[]) => string);
	/** What to know before running the same input again. */
	runningAgain(requests: readonly Request[]): string;
}

interface ReadsItems<Request extends object> {
	/** Reads and checks item `index` into an object of its own; sends nothing. Rejects with what is wrong with that item. */
	read(index: number): Promise<Request>;
	/** What tells a person whose item it is, also of one that can't be read; the output's first fields. May throw. */
	whose?(index: number): IDataObject;
	/** Whether doing a request again would do the work again: then one of which nobody knows what came is not repeated by Retry On Fail. */
	repeatsTheWork?(request: Request): boolean;
	/** Whether an output says that something is left to do, which doing it again takes up: then the next try of Retry On Fail does. */
	isUnfinished?(output: IDataObject): boolean;
	messages: OperationMessages<Request>;
}

/** An operation in which each item stands alone. */
export interface ItemOperation<Request extends object> extends ReadsItems<Request> {
	/** Begins what can be done before the item's turn and takes no place among the requests, such as signing. */
	prepare?(request: Request): void;
	/** Does the work of one item. */
	begin(request: Request): Promise<Step<Output>>;
	/** Requests with the same key are begun one after another, in input order. */
	keyOf?(request: Request): string;
}

/** Some work, and the requests that it is done for. */
export interface Planned<Request, Unit> {
	unit: Unit;
	members: readonly Request[];
}

/** Thrown for a unit of which some members failed, and others did not: `give` tells which. */
export class PartlyFailed<Result> extends Error {
	override name = 'PartlyFailed';

	constructor(readonly result: Result) {
		super('Some of it did not work');
	}
}

/** An operation that does the work of many items at once, such as one batch for 500 learners. */
export interface UnitOperation<Request extends object, Unit, Result> extends ReadsItems<Request> {
	/** As of an item. */
	prepare?(unit: Unit): void;
	/** Puts all requests of the run into units, each into exactly one. */
	plan(requests: readonly Request[]): Array<Planned<Request, Unit>>;
	/** Where each request is a unit by itself: its unit. Then the first may be done while others are still being read. */
	planOne?(request: Request): Planned<Request, Unit>;
	/** Does the work of one unit. */
	begin(unit: Unit): Promise<Step<Result>>;
	/** What a member gets out of its unit's result. May throw what failed for this member alone. */
	give(result: Result, member: Request): Output;
	/** A unit's failure, told of one of its members. Without it, all of them get the same. */
	failureOf?(error: unknown, member: Request): unknown;
	/** Units with the same key are begun one after another, in order. */
	keyOf?(unit: Unit): string;
}
