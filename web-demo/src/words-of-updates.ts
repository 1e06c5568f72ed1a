// The texts of newer versions of the playground.

export const updateWords = {
  waiting: {
    title: 'A newer version of the playground is ready.',
    text: 'This page goes on as it is until you reload it. All its tabs reload together, and the world stays as it is.',
  },
  missing: {
    title: 'A part of the playground could not be loaded.',
    text: 'Either there is no network, or a newer version has been published since this page was opened. The world is not harmed.',
  },
  reload: 'Reload',
};
