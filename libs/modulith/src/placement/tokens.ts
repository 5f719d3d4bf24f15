/** The name of the module that a Nest module belongs to. */
export const MODULE_NAME = Symbol('ModulithModuleName');
