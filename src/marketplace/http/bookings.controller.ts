import { ApiPage, ApiProblems, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  BookingView,
  CancelBooking,
  CompleteBooking,
  DisputeBooking,
  GetBooking,
  ListBookings,
} from '../contract/index.js';

class DisputeBookingBody extends OmitType(DisputeBooking, ['bookingId'] as const) {}

@ApiTags('marketplace')
@ApiBearerAuth()
@Controller('v1/bookings')
export class BookingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your bookings', description: 'As client or provider, newest first.' })
  @ApiPage(BookingView)
  @ApiProblems(400, 401)
  listBookings(@Query() query: ListBookings) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a booking', description: 'Its client and its provider see it.' })
  @ApiOkResponse({ type: BookingView })
  @ApiProblems(400, 401, 404)
  getBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.queries.execute(GetBooking.of({ bookingId }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a booking',
    description: 'All money back before the first job; after it the hours that have begun are paid.',
  })
  @ApiOkResponse({ type: BookingView })
  @ApiProblems(400, 401, 403, 404, 409)
  cancelBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.commands.execute(CancelBooking.of({ bookingId }));
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete a booking',
    description: 'Pays the provider in full and waives the dispute window.',
  })
  @ApiOkResponse({ type: BookingView })
  @ApiProblems(400, 401, 403, 404, 409)
  completeBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.commands.execute(CompleteBooking.of({ bookingId }));
  }

  @Post(':id/dispute')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Dispute a booking',
    description:
      'Client or provider, up to seven days after its time is up. Freezes the money until an operator decides.',
  })
  @ApiOkResponse({ type: BookingView })
  @ApiProblems(400, 401, 404, 409)
  disputeBooking(@Param('id', ParseUuid) bookingId: string, @Body() body: DisputeBookingBody) {
    return this.commands.execute(DisputeBooking.of({ ...body, bookingId }));
  }
}
