import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  GetSeries,
  GetServiceLevels,
  ListSeries,
  SeriesInfoView,
  SeriesView,
  ServiceLevelView,
} from '../contract/index.js';

export class SeriesRange extends OmitType(GetSeries, ['name'] as const) {}

@Controller('v1/admin')
@ApiTags('admin')
@ApiBearerAuth()
export class SeriesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('series')
  @ApiOperation({ summary: 'List the quantities that are kept over time' })
  @ApiOkResponse({ type: [SeriesInfoView] })
  listSeries(): Promise<SeriesInfoView[]> {
    return this.queries.execute(ListSeries.of({}));
  }

  @Get('series/:name')
  @ApiOperation({ summary: 'A quantity of the whole system over time' })
  @ApiOkResponse({ type: SeriesView })
  getSeries(@Param('name') name: string, @Query() range: SeriesRange): Promise<SeriesView> {
    return this.queries.execute(GetSeries.of({ ...range, name }));
  }

  @Get('service-levels')
  @ApiOperation({ summary: 'How the objectives for availability and latency are met' })
  @ApiOkResponse({ type: [ServiceLevelView] })
  listServiceLevels(): Promise<ServiceLevelView[]> {
    return this.queries.execute(GetServiceLevels.of({}));
  }
}
