import { ApiPage, ParseUuid } from '@aitbc/platform';
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
  RefuseBooking,
} from '../contract/index.js';

class RefuseBookingBody extends OmitType(RefuseBooking, ['bookingId'] as const) {}
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
  listBookings(@Query() query: ListBookings) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a booking', description: 'Its client and its provider see it.' })
  @ApiOkResponse({ type: BookingView })
  getBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.queries.execute(GetBooking.of({ bookingId }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel a booking',
    description:
      'The hours that have begun are paid. All money back while no agent has taken a job: within ten minutes of the ' +
      'funding, or when no agent of the offer was online meanwhile.',
  })
  @ApiOkResponse({ type: BookingView })
  cancelBooking(@Param('id', ParseUuid) bookingId: string) {
    return this.commands.execute(CancelBooking.of({ bookingId }));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Refuse a booking',
    description: 'Its provider may, until it is funded. Money that is locked afterwards goes back by itself.',
  })
  @ApiOkResponse({ type: BookingView })
  refuseBooking(@Param('id', ParseUuid) bookingId: string, @Body() body: RefuseBookingBody) {
    return this.commands.execute(RefuseBooking.of({ ...body, bookingId }));
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete a booking',
    description: 'Pays the provider in full and waives the dispute window.',
  })
  @ApiOkResponse({ type: BookingView })
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
  disputeBooking(@Param('id', ParseUuid) bookingId: string, @Body() body: DisputeBookingBody) {
    return this.commands.execute(DisputeBooking.of({ ...body, bookingId }));
  }
}
