import { pickByName } from '../../../../nodes/Moca/Issue/pickByName';
import { linearCpuMs, cpuMsOf } from '../../../support/timing';

it('takes the column of the same name, and leaves out what belongs to no field', () => {
	expect(pickByName({ course: 'First Aid', remark: 'x' }, ['course', 'score'])).toEqual({ course: 'First Aid' });
});

it.each(['Completed on', 'completed_on', 'COMPLETED-ON', ' completedon '])('takes “%s” for completedOn', (column) => {
	expect(pickByName({ [column]: 'today' }, ['completedOn'])).toEqual({ completedOn: 'today' });
});

it('keeps a value that is empty: whether it may be is not decided here', () => {
	expect(pickByName({ course: null, score: '' }, ['course', 'score'])).toEqual({ course: null, score: '' });
});

it('leaves a field out when several columns are like it: which one is meant, nobody knows', () => {
	expect(pickByName({ 'Completed on': 'a', completed_on: 'b', course: 'c' }, ['completedOn', 'course'])).toEqual({ course: 'c' });
});

it('takes the one of just the same name among several that are like it', () => {
	expect(pickByName({ 'Completed on': 'a', completedOn: 'b' }, ['completedOn'])).toEqual({ completedOn: 'b' });
});

it('gives no column to two fields: one that is the name of another field belongs to that one', () => {
	expect(pickByName({ completed_on: 'a' }, ['completedOn', 'completed_on'])).toEqual({ completed_on: 'a' });
});

it('takes nothing that every object has for a column', () => {
	expect(pickByName({}, ['constructor', 'toString'])).toEqual({});
});

it('gives a column that is like two fields to neither', () => {
	expect(pickByName({ 'Completed on': 'a', course: 'c' }, ['completedOn', 'completed_On', 'course'])).toEqual({ course: 'c' });
	expect(pickByName({ 'Completed on': 'a', completedOn: 'b' }, ['completedOn', 'completed_On'])).toEqual({ completedOn: 'b' });
});

it('takes no longer for many columns than reading them once does', () => {
	const names = Array.from({ length: 2_000 }, (_, index) => `Field number ${index}`);
	const json = Object.fromEntries(names.map((name) => [name.toUpperCase(), name]));
	expect(cpuMsOf(() => pickByName(json, names))).toBeLessThan(linearCpuMs);
	expect(pickByName(json, names)).toEqual(Object.fromEntries(names.map((name) => [name, name])));
});
