import { routesOf } from '@aitbc/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type PermissionGaps, permissionGaps, type Permissions } from './permissions.js';
import { PERMISSIONS } from './gatekeeper.js';

/** Aborts startup if the permission table and the application's routes differ. */
@Injectable()
export class PermissionCheck implements OnApplicationBootstrap {
  constructor(
    @Inject(PERMISSIONS) private readonly permissions: Permissions,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    const routes = routesOf(this.host.httpAdapter.getInstance<object>());
    const gaps = permissionGaps(this.permissions, routes);
    if (gaps.missing.length > 0 || gaps.superfluous.length > 0) throw new PermissionsOutOfDate(gaps);
  }
}

export class PermissionsOutOfDate extends Error {
  constructor({ missing, superfluous }: PermissionGaps) {
    super(
      [
        'src/gateway/http/permissions.ts does not match the routes of the application:',
        ...missing.map((route) => `  - ${route} has no permission: add a line`),
        ...superfluous.map((route) => `  - ${route} does not exist: remove the line`),
      ].join('\n'),
    );
    this.name = 'PermissionsOutOfDate';
  }
}
