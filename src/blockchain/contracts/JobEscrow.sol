// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title JobEscrow
/// @notice Holds the price of a booking until it is settled, once. A settlement can pay nobody but the booking's provider, the treasury
/// fixed at deployment, and the client who locked the money; once the booking has expired the client can take back what is unsettled.
///
/// Two rules decide the shape:
/// - An escrow is keyed by booking *and* client, so nobody can occupy another client's booking id.
/// - A payee can never stop a settlement: a payment that is refused becomes a credit, which its owner claims.
///
/// Invariant: balance >= sum of the open escrows + sum of the credits (equal unless someone forces coins in by selfdestruct).
contract JobEscrow {
    enum State {
        None,
        Locked,
        Settled,
        Withdrawn
    }

    struct Escrow {
        address provider;
        uint64 expiresAt;
        State state;
        uint256 amount;
    }

    uint256 public constant VERSION = 1;
    uint256 private constant BPS = 10_000;

    /// @dev Gas a payee may use. Enough for a smart wallet that logs the payment, too little to harm the caller. A willing payee is never
    /// credited because the *transaction* had too little gas: then less than 1/63 of this remains here, and writing the credit fails too.
    uint256 private constant PAYEE_GAS = 50_000;

    address public immutable treasury;
    address public immutable arbiter;
    /// @notice The treasury's share of what a provider earns, in hundredths of a percent.
    uint256 public immutable feeBps;

    /// @notice What a refused payment left to its payee.
    mapping(address => uint256) public credits;

    mapping(bytes32 => Escrow) private escrows;
    bool private transient entered;

    /// @param bookingId the booking's UUID: its 16 bytes, left aligned
    event Locked(
        bytes32 indexed bookingId, address indexed client, address indexed provider, uint256 amount, uint64 expiresAt
    );
    event Settled(
        bytes32 indexed bookingId,
        address indexed client,
        address indexed provider,
        uint256 toProvider,
        uint256 toTreasury,
        uint256 toClient
    );
    event Withdrawn(bytes32 indexed bookingId, address indexed client, uint256 amount);
    event Credited(address indexed account, uint256 amount);
    event Claimed(address indexed account, address indexed to, uint256 amount);

    error ZeroAddress();
    error ZeroAmount();
    error FeeTooHigh(uint256 feeBps);
    error ExpiryInPast(uint64 expiresAt);
    error AlreadyUsed(bytes32 bookingId, address client);
    error NotLocked(bytes32 bookingId, address client);
    error NotArbiter(address caller);
    error MoreThanLocked(uint256 providerGross, uint256 amount);
    error NotExpired(uint64 expiresAt);
    error NothingToClaim(address account);
    error ClaimRefused(address to);
    error Reentered();

    modifier nonReentrant() {
        if (entered) revert Reentered();
        entered = true;
        _;
        entered = false;
    }

    constructor(address treasury_, address arbiter_, uint256 feeBps_) {
        if (treasury_ == address(0) || arbiter_ == address(0)) revert ZeroAddress();
        if (feeBps_ > BPS) revert FeeTooHigh(feeBps_);
        treasury = treasury_;
        arbiter = arbiter_;
        feeBps = feeBps_;
    }

    /// @notice The client locks the price of a booking. A booking id serves a client once, whatever becomes of the escrow.
    function lock(bytes32 bookingId, address provider, uint64 expiresAt) external payable nonReentrant {
        if (provider == address(0)) revert ZeroAddress();
        if (msg.value == 0) revert ZeroAmount();
        if (expiresAt <= block.timestamp) revert ExpiryInPast(expiresAt);
        Escrow storage escrow = escrows[_key(bookingId, msg.sender)];
        if (escrow.state != State.None) revert AlreadyUsed(bookingId, msg.sender);

        escrow.provider = provider;
        escrow.expiresAt = expiresAt;
        escrow.state = State.Locked;
        escrow.amount = msg.value;
        emit Locked(bookingId, msg.sender, provider, msg.value, expiresAt);
    }

    /// @notice The arbiter divides a locked amount, once: `providerGross` less the fee to the provider, the fee to the treasury, the rest
    /// to the client. It may do so after the expiry too, as long as the client has not withdrawn.
    function settle(bytes32 bookingId, address client, uint256 providerGross) external nonReentrant {
        if (msg.sender != arbiter) revert NotArbiter(msg.sender);
        Escrow storage escrow = escrows[_key(bookingId, client)];
        if (escrow.state != State.Locked) revert NotLocked(bookingId, client);
        uint256 amount = escrow.amount;
        if (providerGross > amount) revert MoreThanLocked(providerGross, amount);

        escrow.state = State.Settled;
        address provider = escrow.provider;
        uint256 toTreasury = _fee(providerGross);
        uint256 toProvider = providerGross - toTreasury;
        uint256 toClient = amount - providerGross;
        emit Settled(bookingId, client, provider, toProvider, toTreasury, toClient);

        _pay(provider, toProvider);
        _pay(treasury, toTreasury);
        _pay(client, toClient);
    }

    /// @notice The client takes an unsettled amount back after the expiry. Nobody's consent is needed.
    function withdraw(bytes32 bookingId) external nonReentrant {
        Escrow storage escrow = escrows[_key(bookingId, msg.sender)];
        if (escrow.state != State.Locked) revert NotLocked(bookingId, msg.sender);
        if (block.timestamp <= escrow.expiresAt) revert NotExpired(escrow.expiresAt);

        escrow.state = State.Withdrawn;
        uint256 amount = escrow.amount;
        emit Withdrawn(bookingId, msg.sender, amount);
        _pay(msg.sender, amount);
    }

    /// @notice Collects the caller's credit.
    function claim() external {
        claimTo(msg.sender);
    }

    /// @notice Collects the caller's credit to another address: for a contract that cannot receive coins itself.
    function claimTo(address to) public nonReentrant {
        if (to == address(0)) revert ZeroAddress();
        uint256 amount = credits[msg.sender];
        if (amount == 0) revert NothingToClaim(msg.sender);

        credits[msg.sender] = 0;
        emit Claimed(msg.sender, to, amount);
        if (!_send(to, amount, gasleft())) revert ClaimRefused(to);
    }

    /// @notice What is known of a client's booking. The amount stays readable after the escrow has ended.
    function escrowOf(bytes32 bookingId, address client)
        external
        view
        returns (State state, address provider, uint64 expiresAt, uint256 amount)
    {
        Escrow storage escrow = escrows[_key(bookingId, client)];
        return (escrow.state, escrow.provider, escrow.expiresAt, escrow.amount);
    }

    function _key(bytes32 bookingId, address client) private pure returns (bytes32) {
        return keccak256(abi.encode(bookingId, client));
    }

    /// @dev `providerGross * feeBps / BPS`, rounded down, without an intermediate overflow: no amount may make a settlement fail.
    function _fee(uint256 providerGross) private view returns (uint256) {
        return (providerGross / BPS) * feeBps + ((providerGross % BPS) * feeBps) / BPS;
    }

    function _pay(address to, uint256 amount) private {
        if (amount == 0) return;
        if (_send(to, amount, PAYEE_GAS)) return;
        credits[to] += amount;
        emit Credited(to, amount);
    }

    /// @dev Assembly, because `call` would copy whatever the payee returns into our memory, at our cost.
    function _send(address to, uint256 amount, uint256 gasForPayee) private returns (bool accepted) {
        assembly ("memory-safe") {
            accepted := call(gasForPayee, to, amount, 0, 0, 0, 0)
        }
    }
}
