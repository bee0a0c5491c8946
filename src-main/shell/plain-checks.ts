import { z } from 'zod';

// To be imported before any schema is made: compiling the checks of a few small messages takes longer than all of them do.
z.config({ jitless: true });
