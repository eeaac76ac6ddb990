export { EVERYWHERE, includes, ROLES, type Role } from '@passerby/collector/role';
