// The texts of visits to other worlds, of links and files that carry one, and of two places side by side.

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

export const worldWords = {
  visiting: {
    lesson: (title: string) => `You are in the lesson “${title}”. Your own world waits as you left it.`,
    recipe: (title: string) => `You are in a world that a link has brought, “${title}”. Your own world waits as you left it.`,
    file: (title: string) => `You are in a world out of the file ${title}. Your own world waits as you left it.`,
    back: 'Back to my own world',
    done: 'You are back in your own world.',
    keep: {
      title: 'Keep this world as your own?',
      action: 'Keep this world',
      warning: 'It takes the place of your own world, whose keys, journal and clock are deleted. Nobody can ever decrypt what you encrypted there.',
      done: 'This world is your own now.',
    },
    lost: (title: string) => `The world that you visit now, “${title}”, is thrown away. Your own world waits as you left it.`,
    reset: {
      title: 'Leave this world?',
      action: 'Leave this world',
      warning: 'This throws away the world that you visit, with everything that you did in it. Your own world waits as you left it.',
    },
  },

  embedded: {
    text: 'This world is in the memory of this page alone, and ends with it.',
    open: 'Open it in a window of its own',
    external: '(opens a new tab)',
  },

  share: {
    title: 'Share this world',
    text: 'A link makes a world again from what was done in it. A file takes a world along as it is.',
    link: {
      title: 'Link',
      text: 'Who opens the link gets this world as it is now: the same key IDs, the same ciphertexts, the same time.',
      holds:
        'The link holds everything that was typed here: names, policies, plaintexts, key material that was imported. Whoever has the link can read all of it and use every key. Share no secrets.',
      unseeded: 'This world has no link, because its keys come from the random source of your browser.',
      whyUnseeded:
        'A link tells how to make a world again. Whoever made this one again would have other keys and other ciphertexts, and a link with the keys in it would be a copy of secrets. A world that begins with a seed can be shared: everything in it follows from the seed. A file, under a passphrase, can take this world along.',
      begin: 'Begin a world with a seed',
      name: 'Link to this world',
      length: (characters: number, steps: number) => `${count(characters, 'character')}, ${count(steps, 'step')}`,
      recipe: 'The recipe in the link',
    },
    file: {
      title: 'File',
      text: 'The whole world with its keys, its records and its clock, also one without a seed. The passphrase seals the key material; names, policies and records can be read by whoever has the file.',
      passphrase: 'Passphrase',
      passphraseText: 'The file opens with it alone. Nobody can restore it for you.',
      limits: (least: number) => `At least ${count(least, 'character')}.`,
      action: 'Export world',
      done: (name: string) => `The world is in the file ${name}.`,
    },
    embed: {
      title: 'In a page of documentation',
      text: 'Put this into a page to show the playground there, without its bar and navigation. A playground in the page of another site always has a world of its own in memory: it sees nothing of the world of the person who reads, and that page can do nothing to it.',
      name: 'HTML of the frame',
      frame: 'pocket-kms playground',
    },
  },

  open: {
    title: 'Open another world',
    text: 'A link or a file brings a world to visit, while your own waits. An empty world takes the place of your own.',
    link: {
      title: 'A link',
      field: 'Link',
      fieldText: 'You see what it holds before anything is done.',
      action: 'Look at the link',
      missing: 'Enter a link to a world: it has #/world/ in it.',
    },
    file: {
      title: 'A file',
      field: 'File of a world',
      passphrase: 'Passphrase of the file',
      action: 'Open file',
      missing: 'Choose a file.',
      tooLong: (most: string) => `No file of a world is longer than ${most}.`,
      done: 'The world of the file is open.',
      upload: {
        uploadButtonText: () => 'Choose file',
        dropzoneText: () => 'Drop a file here',
        removeFileAriaLabel: () => 'Remove file',
        errorIconAriaLabel: 'Error',
      },
    },
    empty: {
      title: 'An empty world',
      seeded: 'With a seed, so that it can be shared by a link',
      seededText: 'Whoever knows the seed knows every key of the world. Two worlds with one seed in which the same is done are the same.',
      seed: 'Seed',
      seedText: 'Any text, such as the name of a class.',
      noSeed: 'Enter a seed.',
      tooLong: (most: number) => `A seed has at most ${count(most, 'character')}.`,
      action: 'Begin an empty world',
      ask: 'Begin an empty world?',
      warning: 'It takes the place of your own world: all its keys, its journal and its clock are deleted. Nobody can ever decrypt what you encrypted there.',
      done: 'An empty world has begun.',
    },
  },

  linked: {
    title: 'Open a link',
    text: 'This link carries a world. Nothing of it is done before you open it, and your own world waits meanwhile.',
    holds: 'What the link holds',
    name: 'Seed',
    steps: 'Steps',
    time: 'Begins at',
    operations: 'What is done',
    /** Steps that are not calls, by what they say. */
    deeds: {
      at: 'Time passes',
      advance: 'Time passes',
      register: 'Principals and policies are registered',
      stores: 'What key stores stand on is registered',
      set: 'Settings are changed',
      cluster: 'The owner of a CloudHSM cluster acts',
      proxy: 'The owner of an external key manager acts',
      enclave: 'A simulated enclave is started',
      fault: 'A fault is added',
      removeFault: 'A fault is removed',
      health: 'External key stores are asked how they are',
      sts: 'A session is opened',
      perform: 'A template is loaded',
      audit: 'Alarms are changed',
      fork: 'The world goes on as a copy',
    } as Record<string, string>,
    times: (name: string, times: number) => (times === 1 ? name : `${name} (${times} times)`),
    others: (number: number) => count(number, 'other deed'),
    recipe: 'The recipe',
    action: 'Open this world',
    notNow: 'Stay in my world',
    done: 'The world of the link is open.',
    broken: {
      title: 'This link cannot be opened',
      text: 'Nothing was done, and your world is as it was.',
      anew: 'Begin an empty world',
    },
  },

  sideBySide: {
    title: 'Side by side',
    text: 'One world, seen from two places: each side has a caller and a Region of its own, and sees at once what the other one does.',
    sides: { left: 'First place', right: 'Second place' },
    who: (caller: string, region: string) => `${caller} in ${region}`,
    reach: 'Go to it',
    reachOf: (side: string) => `Go to it: ${side}`,
    inside: 'This page stands in one of two places side by side already.',
  },
};
