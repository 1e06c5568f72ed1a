// Texts of what the console has around its tables and wizards.

export const consoleWords = {
  picker: {
    table: (title: string) => `Users and roles: ${title}`,
    search: (title: string) => `Find users and roles: ${title}`,
    placeholder: 'Find users and roles by name, path or ARN',
    empty: 'The directory has no users and roles of this account.',
    noMatch: 'No user or role matches the search.',
    noOthers: 'Nobody else',
    addOther: 'Add another ARN',
  },
};
