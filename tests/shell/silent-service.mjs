// A service that hangs: it neither becomes ready nor closes.
process.on('message', () => undefined);
process.on('disconnect', () => process.exit(0));
