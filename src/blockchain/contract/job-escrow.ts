// Generated from src/blockchain/contracts/JobEscrow.sol by `npm run contracts:build`. Do not edit.
export const jobEscrow = {
  contractName: 'JobEscrow',
  compiler: '0.8.37+commit.f401782d.Emscripten.clang',
  settings: {
    evmVersion: 'osaka',
    optimizer: {
      enabled: true,
      runs: 200,
    },
    metadata: {
      bytecodeHash: 'none',
    },
  },
  sourceHash: '5c0640bee55d6b8551b8fadc3765203653beaaf1b049b4a46c066d0f486bfa93',
  abi: [
    {
      inputs: [
        {
          internalType: 'address',
          name: 'treasury_',
          type: 'address',
        },
        {
          internalType: 'address',
          name: 'arbiter_',
          type: 'address',
        },
        {
          internalType: 'uint256',
          name: 'feeBps_',
          type: 'uint256',
        },
      ],
      stateMutability: 'nonpayable',
      type: 'constructor',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
      ],
      name: 'AlreadyUsed',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'address',
          name: 'to',
          type: 'address',
        },
      ],
      name: 'ClaimRefused',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'uint64',
          name: 'expiresAt',
          type: 'uint64',
        },
      ],
      name: 'ExpiryInPast',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'uint256',
          name: 'feeBps',
          type: 'uint256',
        },
      ],
      name: 'FeeTooHigh',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'uint256',
          name: 'providerGross',
          type: 'uint256',
        },
        {
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
      ],
      name: 'MoreThanLocked',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'address',
          name: 'caller',
          type: 'address',
        },
      ],
      name: 'NotArbiter',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'uint64',
          name: 'expiresAt',
          type: 'uint64',
        },
      ],
      name: 'NotExpired',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
      ],
      name: 'NotLocked',
      type: 'error',
    },
    {
      inputs: [
        {
          internalType: 'address',
          name: 'account',
          type: 'address',
        },
      ],
      name: 'NothingToClaim',
      type: 'error',
    },
    {
      inputs: [],
      name: 'Reentered',
      type: 'error',
    },
    {
      inputs: [],
      name: 'ZeroAddress',
      type: 'error',
    },
    {
      inputs: [],
      name: 'ZeroAmount',
      type: 'error',
    },
    {
      anonymous: false,
      inputs: [
        {
          indexed: true,
          internalType: 'address',
          name: 'account',
          type: 'address',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'to',
          type: 'address',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
      ],
      name: 'Claimed',
      type: 'event',
    },
    {
      anonymous: false,
      inputs: [
        {
          indexed: true,
          internalType: 'address',
          name: 'account',
          type: 'address',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
      ],
      name: 'Credited',
      type: 'event',
    },
    {
      anonymous: false,
      inputs: [
        {
          indexed: true,
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'provider',
          type: 'address',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
        {
          indexed: false,
          internalType: 'uint64',
          name: 'expiresAt',
          type: 'uint64',
        },
      ],
      name: 'Locked',
      type: 'event',
    },
    {
      anonymous: false,
      inputs: [
        {
          indexed: true,
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'provider',
          type: 'address',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'toProvider',
          type: 'uint256',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'toTreasury',
          type: 'uint256',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'toClient',
          type: 'uint256',
        },
      ],
      name: 'Settled',
      type: 'event',
    },
    {
      anonymous: false,
      inputs: [
        {
          indexed: true,
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          indexed: true,
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
        {
          indexed: false,
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
      ],
      name: 'Withdrawn',
      type: 'event',
    },
    {
      inputs: [],
      name: 'VERSION',
      outputs: [
        {
          internalType: 'uint256',
          name: '',
          type: 'uint256',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [],
      name: 'arbiter',
      outputs: [
        {
          internalType: 'address',
          name: '',
          type: 'address',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [],
      name: 'claim',
      outputs: [],
      stateMutability: 'nonpayable',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'address',
          name: 'to',
          type: 'address',
        },
      ],
      name: 'claimTo',
      outputs: [],
      stateMutability: 'nonpayable',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'address',
          name: '',
          type: 'address',
        },
      ],
      name: 'credits',
      outputs: [
        {
          internalType: 'uint256',
          name: '',
          type: 'uint256',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
      ],
      name: 'escrowOf',
      outputs: [
        {
          internalType: 'enum JobEscrow.State',
          name: 'state',
          type: 'uint8',
        },
        {
          internalType: 'address',
          name: 'provider',
          type: 'address',
        },
        {
          internalType: 'uint64',
          name: 'expiresAt',
          type: 'uint64',
        },
        {
          internalType: 'uint256',
          name: 'amount',
          type: 'uint256',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [],
      name: 'feeBps',
      outputs: [
        {
          internalType: 'uint256',
          name: '',
          type: 'uint256',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          internalType: 'address',
          name: 'provider',
          type: 'address',
        },
        {
          internalType: 'uint64',
          name: 'expiresAt',
          type: 'uint64',
        },
      ],
      name: 'lock',
      outputs: [],
      stateMutability: 'payable',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
        {
          internalType: 'address',
          name: 'client',
          type: 'address',
        },
        {
          internalType: 'uint256',
          name: 'providerGross',
          type: 'uint256',
        },
      ],
      name: 'settle',
      outputs: [],
      stateMutability: 'nonpayable',
      type: 'function',
    },
    {
      inputs: [],
      name: 'treasury',
      outputs: [
        {
          internalType: 'address',
          name: '',
          type: 'address',
        },
      ],
      stateMutability: 'view',
      type: 'function',
    },
    {
      inputs: [
        {
          internalType: 'bytes32',
          name: 'bookingId',
          type: 'bytes32',
        },
      ],
      name: 'withdraw',
      outputs: [],
      stateMutability: 'nonpayable',
      type: 'function',
    },
  ],
  bytecode:
    '0x60e060405234801561000f575f5ffd5b50604051610d80380380610d8083398101604081905261002e916100c9565b6001600160a01b038316158061004b57506001600160a01b038216155b156100695760405163d92e233d60e01b815260040160405180910390fd5b612710811115610093576040516303dc98a160e51b81526004810182905260240160405180910390fd5b6001600160a01b03928316608052911660a05260c052610102565b80516001600160a01b03811681146100c4575f5ffd5b919050565b5f5f5f606084860312156100db575f5ffd5b6100e4846100ae565b92506100f2602085016100ae565b9150604084015190509250925092565b60805160a05160c051610c396101475f395f818160af015281816109c90152610a0801525f81816101f5015261070801525f818161014d01526108970152610c395ff3fe60806040526004361061009a575f3560e01c80638e19899e116100625780638e19899e14610187578063a262f5f8146101a6578063acd28cc5146101c5578063fe25e00a146101e4578063fe5ff46814610217578063ffa1ad7414610242575f5ffd5b806324a9d8531461009e5780633a22a25c146100e45780634e71d92d146100f957806356aa26c01461010d57806361d027b31461013c575b5f5ffd5b3480156100a9575f5ffd5b506100d17f000000000000000000000000000000000000000000000000000000000000000081565b6040519081526020015b60405180910390f35b6100f76100f2366004610a62565b610256565b005b348015610104575f5ffd5b506100f7610406565b348015610118575f5ffd5b5061012c610127366004610aab565b610411565b6040516100db9493929190610ae9565b348015610147575f5ffd5b5061016f7f000000000000000000000000000000000000000000000000000000000000000081565b6040516001600160a01b0390911681526020016100db565b348015610192575f5ffd5b506100f76101a1366004610b38565b61046e565b3480156101b1575f5ffd5b506100f76101c0366004610b4f565b6105b2565b3480156101d0575f5ffd5b506100f76101df366004610b6f565b6106cc565b3480156101ef575f5ffd5b5061016f7f000000000000000000000000000000000000000000000000000000000000000081565b348015610222575f5ffd5b506100d1610231366004610b4f565b5f6020819052908152604090205481565b34801561024d575f5ffd5b506100d1600181565b60ff5f5c16156102795760405163b5dfd9e560e01b815260040160405180910390fd5b60015f805c60ff19168217905d506001600160a01b0382166102ae5760405163d92e233d60e01b815260040160405180910390fd5b345f036102ce57604051631f2a200560e01b815260040160405180910390fd5b428167ffffffffffffffff161161030957604051637143957960e11b815267ffffffffffffffff821660048201526024015b60405180910390fd5b5f60015f61031786336108de565b815260208101919091526040015f90812091508154600160e01b900460ff16600381111561034757610347610ad5565b1461036e576040516303b75f6360e11b815260048101859052336024820152604401610300565b805467ffffffffffffffff8316600160a01b81026001600160e01b03199092166001600160a01b0386169081179290921760ff60e01b1916600160e01b17835534600184018190556040805191825260208201929092528151339288927fef41d33faedb386d0b04b2cf25d4a36af74b3d651ed7c4e9999df759c439a51b929081900390910190a4505f60ff19815c16815d50505050565b61040f336105b2565b565b5f5f5f5f5f60015f61042389896108de565b815260208101919091526040015f208054600190910154600160e01b820460ff16996001600160a01b0383169950600160a01b90920467ffffffffffffffff16975095509350505050565b60ff5f5c16156104915760405163b5dfd9e560e01b815260040160405180910390fd5b60015f805c60ff19168217905d505f60015f6104ad84336108de565b815260208101919091526040015f20905060018154600160e01b900460ff1660038111156104dd576104dd610ad5565b14610504576040516308ffef4f60e31b815260048101839052336024820152604401610300565b8054600160a01b900467ffffffffffffffff16421161054b57805460405163b8b9256760e01b8152600160a01b90910467ffffffffffffffff166004820152602401610300565b805460ff60e01b1916600360e01b1781556001810154604080518281529051339185917f04eda370f8b8612fa7266d7ebbd41af9d694e19793fe9d9ff31b3ddbd99b08e19181900360200190a36105a23382610923565b505f905060ff19815c16815d5050565b60ff5f5c16156105d55760405163b5dfd9e560e01b815260040160405180910390fd5b60015f805c60ff19168217905d506001600160a01b03811661060a5760405163d92e233d60e01b815260040160405180910390fd5b335f908152602081905260408120549081900361063c576040516332559a3360e11b8152336004820152602401610300565b335f818152602081815260408083209290925590518381526001600160a01b03851692917ff7a40077ff7a04c7e61f6f26fb13774259ddf1b6bce9ecf26a8276cdd3992683910160405180910390a361069682825a6109b2565b6106be57604051637b9c428b60e11b81526001600160a01b0383166004820152602401610300565b505f60ff19815c16815d5050565b60ff5f5c16156106ef5760405163b5dfd9e560e01b815260040160405180910390fd5b60015f805c60ff19168217905d50336001600160a01b037f00000000000000000000000000000000000000000000000000000000000000001614610748576040516339063ae160e11b8152336004820152602401610300565b5f60015f61075686866108de565b815260208101919091526040015f20905060018154600160e01b900460ff16600381111561078657610786610ad5565b146107b6576040516308ffef4f60e31b8152600481018590526001600160a01b0384166024820152604401610300565b6001810154808311156107e657604051638de9f37d60e01b81526004810184905260248101829052604401610300565b8154600160e11b60ff60e01b1982161783556001600160a01b03165f61080b856109c3565b90505f6108188287610bb5565b90505f6108258786610bb5565b9050836001600160a01b0316886001600160a01b03168a7fe0b97d7c69d7aa21437d2a75a40b65369532d3f7eb8f64f29c37be14be6c9848858786604051610880939291909283526020830191909152604082015260600190565b60405180910390a46108928483610923565b6108bc7f000000000000000000000000000000000000000000000000000000000000000084610923565b6108c68882610923565b505f94505060ff19845c169250839150505d50505050565b5f82826040516020016109049291909182526001600160a01b0316602082015260400190565b6040516020818303038152906040528051906020012090505b92915050565b805f0361092e575050565b61093b828261c3506109b2565b15610944575050565b6001600160a01b0382165f908152602081905260408120805483929061096b908490610bc8565b90915550506040518181526001600160a01b038316907f9c9e0cdb1670e88302408e5b941dc636f63a3293204694bb68910fcf3d9305f39060200160405180910390a25050565b5f5f5f5f5f868887f1949350505050565b5f6127107f00000000000000000000000000000000000000000000000000000000000000006109f28285610bef565b6109fc9190610c02565b610a069190610c19565b7f0000000000000000000000000000000000000000000000000000000000000000610a3361271085610c19565b610a3d9190610c02565b61091d9190610bc8565b80356001600160a01b0381168114610a5d575f5ffd5b919050565b5f5f5f60608486031215610a74575f5ffd5b83359250610a8460208501610a47565b9150604084013567ffffffffffffffff81168114610aa0575f5ffd5b809150509250925092565b5f5f60408385031215610abc575f5ffd5b82359150610acc60208401610a47565b90509250929050565b634e487b7160e01b5f52602160045260245ffd5b6080810160048610610b0957634e487b7160e01b5f52602160045260245ffd5b9481526001600160a01b0393909316602084015267ffffffffffffffff91909116604083015260609091015290565b5f60208284031215610b48575f5ffd5b5035919050565b5f60208284031215610b5f575f5ffd5b610b6882610a47565b9392505050565b5f5f5f60608486031215610b81575f5ffd5b83359250610b9160208501610a47565b9150604084013590509250925092565b634e487b7160e01b5f52601160045260245ffd5b8181038181111561091d5761091d610ba1565b8082018082111561091d5761091d610ba1565b634e487b7160e01b5f52601260045260245ffd5b5f82610bfd57610bfd610bdb565b500690565b808202811582820484141761091d5761091d610ba1565b5f82610c2757610c27610bdb565b50049056fea164736f6c6343000825000a',
} as const;
