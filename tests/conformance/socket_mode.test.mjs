import { appSuite } from './app_suite.mjs';

appSuite('sockets');
