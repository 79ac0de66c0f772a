import { fromFormFields } from '../../../../nodes/Moca/Issue/subjectFields';

it.each(['constructor', 'toString', '__proto__', 'geo-point', 7])('takes the saved type %p for one that nobody documents', (type) => {
	expect(fromFormFields([{ id: 'course', type, subjectType: type }])?.fields).toEqual([
		{ name: 'course', title: 'course', type: 'any', isRequired: false, description: '' },
	]);
});

it('passes over what is no field', () => {
	expect(fromFormFields([null, 'course', {}, { id: 7 }])).toBeUndefined();
});
