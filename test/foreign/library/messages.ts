export class AddBook {
  constructor(
    readonly isbn: string,
    readonly title: string,
  ) {}
}

export class FindBook {
  constructor(readonly isbn: string) {}
}

export class LendBook {
  constructor(
    readonly isbn: string,
    readonly reader: string,
  ) {}
}

export class ListLoans {
  constructor(readonly reader: string) {}
}

export class BookLent {
  constructor(
    readonly isbn: string,
    readonly reader: string,
  ) {}
}
