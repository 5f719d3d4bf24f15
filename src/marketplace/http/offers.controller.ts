import { ApiIfMatch, ApiPage, CreatedAt, etagOf, IfMatch, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  OmitType,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  BookingView,
  BookOffer,
  CancelOffer,
  ChangeOffer,
  CreateOffer,
  GetBooking,
  GetOffer,
  ListOffers,
  OfferView,
} from '../contract/index.js';

class ChangeOfferBody extends OmitType(ChangeOffer, ['offerId', 'versions'] as const) {}
class BookOfferBody extends OmitType(BookOffer, ['offerId'] as const) {}

@ApiTags('marketplace')
@ApiBearerAuth()
@Controller('v1/offers')
export class OffersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'List a GPU', description: 'The escrow of each booking will pay to the wallet given here.' })
  @CreatedAt('/v1/offers/{id}')
  @ApiCreatedResponse({ type: OfferView })
  createOffer(@Body() body: CreateOffer) {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({ summary: 'Find offers', description: 'Newest first unless `sort` says otherwise.' })
  @ApiPage(OfferView)
  listOffers(@Query() query: ListOffers) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an offer', description: 'Its ETag is what a change has to name.' })
  @ApiOkResponse({ type: OfferView })
  async getOffer(@Param('id', ParseUuid) offerId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, await this.queries.execute(GetOffer.of({ offerId })));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change the price of an offer, or retire it',
    description: 'Only while it is available. Bookings keep the price that they were made at.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ type: OfferView })
  async changeOffer(
    @Param('id', ParseUuid) offerId: string,
    @IfMatch() versions: number[] | undefined,
    @Body() body: ChangeOfferBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.commands.execute(ChangeOffer.of({ ...body, offerId, versions })));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an offer off the market', description: 'Not while it is reserved or in use.' })
  @ApiOkResponse({ type: OfferView })
  cancelOffer(@Param('id', ParseUuid) offerId: string) {
    return this.commands.execute(CancelOffer.of({ offerId }));
  }

  @Post(':id/bookings')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Book a GPU',
    description:
      'Reserves the offer and locks its price in escrow: from `walletId`, or by the transaction in `lock` that the owner of ' +
      '`clientAddress` sends within three minutes; `proof` shows that the address is theirs. The booking is funded once ' +
      'the chain has confirmed it. Without an agent online it is refused, unless `withoutAgent` is set.',
  })
  @ApiAcceptedResponse({ type: BookingView })
  async bookOffer(@Param('id', ParseUuid) offerId: string, @Body() body: BookOfferBody) {
    const booking = await this.commands.execute(BookOffer.of({ ...body, offerId }));
    return body.walletId ? booking : this.queries.execute(GetBooking.of({ bookingId: booking.id }));
  }
}

function tagged(reply: FastifyReply, offer: OfferView): OfferView {
  void reply.header('etag', etagOf(offer.version));
  return offer;
}
