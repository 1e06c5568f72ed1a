// Texts of what the console has around its tables and wizards.

export const consoleWords = {
  leaving: {
    title: 'Leave this page?',
    text: 'What you have entered here is not saved, and is lost when you leave.',
    action: 'Leave',
  },
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
