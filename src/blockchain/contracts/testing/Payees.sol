// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Payees that misbehave, for the tests of JobEscrow. Never deployed by the platform.

/// @notice Acts as a client, provider or arbiter for whoever calls it.
contract Actor {
    function run(address target, bytes calldata data) external payable returns (bytes memory) {
        (bool ok, bytes memory result) = target.call{value: msg.value}(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
        return result;
    }
}

/// @notice Has neither receive nor fallback.
contract RefusesMoney is Actor {}

/// @notice Burns whatever gas it is given.
contract BurnsGas is Actor {
    receive() external payable {
        while (true) {}
    }
}

/// @notice Fails with a huge return value that a careless caller would copy.
contract ReturnsBomb is Actor {
    receive() external payable {
        assembly ("memory-safe") {
            revert(0, 50000)
        }
    }
}

/// @notice A wallet that writes down what it receives: about 25,000 gas.
contract CountsMoney is Actor {
    uint256 public received;

    receive() external payable {
        received += msg.value;
    }
}

/// @notice Refuses money until it is armed; then calls back into the sender while it is being paid, and accepts the payment even if that fails.
contract Reenters is Actor {
    bytes private attack;
    bool private transient attacked;

    function arm(bytes calldata data) external {
        attack = data;
    }

    receive() external payable {
        if (attack.length == 0) revert();
        // Once, or the recursion would eat the gas that the attack needs.
        if (attacked) return;
        attacked = true;
        (bool ok,) = msg.sender.call(attack);
        ok;
    }
}

/// @notice Forces its coins upon an address.
contract Forces {
    constructor(address payable target) payable {
        selfdestruct(target);
    }
}
