import { ApiPage, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  BookingView,
  DecideBooking,
  DisputeForClient,
  EscrowView,
  GetBooking,
  ListBookings,
  ListEscrows,
} from '../contract/index.js';

class DecideBookingBody extends OmitType(DecideBooking, ['bookingId'] as const) {}
class DisputeForClientBody extends OmitType(DisputeForClient, ['bookingId'] as const) {}

@ApiTags('admin')
@ApiBearerAuth()
@Controller('v1/admin')
export class AdminBookingsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('bookings')
  @ApiOperation({ summary: 'Everybody’s bookings', description: 'Newest first.' })
  @ApiPage(BookingView)
  listAllBookings(@Query() query: ListBookings) {
    return this.queries.execute(query);
  }

  @Get('bookings/:id')
  @ApiOperation({ summary: 'Read a booking, whoever made it' })
  @ApiOkResponse({ type: BookingView })
  getAnyBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.queries.execute(GetBooking.of({ bookingId }));
  }

  @Post('bookings/:id/dispute')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Dispute a booking in its client’s name',
    description:
      'While it is active, or up to seven days after its time is up. Freezes the money; the decision refunds it. None of the operator’s own.',
  })
  @ApiOkResponse({ type: BookingView })
  disputeForClient(@Param('id', ParseUuid) bookingId: string, @Body() { reason }: DisputeForClientBody) {
    return this.commands.execute(DisputeForClient.of({ bookingId, reason }));
  }

  @Post('bookings/:id/decision')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decide a dispute',
    description: 'By amount (`providerGross`) or by share (`providerShare`). The client gets the rest back.',
  })
  @ApiOkResponse({ type: BookingView })
  decideDispute(@Param('id', ParseUuid) bookingId: string, @Body() body: DecideBookingBody) {
    return this.commands.execute(DecideBooking.of({ ...body, bookingId }));
  }

  @Get('escrows')
  @ApiOperation({
    summary: 'The money in escrow, open and settled',
    description: 'With its amounts and its transactions. Those of the newest bookings first.',
  })
  @ApiPage(EscrowView)
  listEscrows(@Query() query: ListEscrows) {
    return this.queries.execute(query);
  }
}
