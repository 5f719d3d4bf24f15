import { Module } from '@nestjs/common';
import { AddressChallengesController } from './address-challenges.controller.js';
import { AdminBookingsController } from './admin-bookings.controller.js';
import { BookingsController } from './bookings.controller.js';
import { OffersController } from './offers.controller.js';

@Module({ controllers: [OffersController, BookingsController, AdminBookingsController, AddressChallengesController] })
export class MarketplaceHttpModule {}
