/// Has no interface: to link this target is to have the processor checked before `main`. See Processor.c.
