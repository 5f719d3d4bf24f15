import { Module } from '@nestjs/common';
import { BookingDecisionsController } from './booking-decisions.controller.js';
import { BookingsController } from './bookings.controller.js';
import { OffersController } from './offers.controller.js';

@Module({ controllers: [OffersController, BookingsController, BookingDecisionsController] })
export class MarketplaceHttpModule {}
