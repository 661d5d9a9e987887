package import SyncCore

/// What a call is, for the limits and the call ledger.
package struct CallDescription: Sendable, Hashable {
    /// Which of the vendor's windows the call counts in.
    package enum Window: String, Sendable, Hashable {
        /// The vendor's ordinary limits.
        case standard
        /// HubSpot's search endpoints: their own limit per second.
        case search
        /// Not billed and not limited: tokens.
        case token
    }

    package var endpoint: String
    package var purpose: String
    package var object: String?
    package var records: Int
    /// What the vendor bills, in calls.
    package var cost: Int
    package var window: Window
    package var priority: PriorityClass
    /// Places that were taken ahead for this call and others.
    package var hold: CallHold

    /// Whether it changes records: its bytes are as good as the read that they were decided on.
    package var isWrite: Bool { self.purpose == "write" }

    /// What it is for the budget.
    package var use: BudgetUse {
        BudgetUse(self.priority, isPoll: self.purpose == LedgerCall.pollPurpose)
    }

    package init(
        endpoint: String,
        purpose: String,
        object: String? = nil,
        records: Int = 0,
        cost: Int = 1,
        window: Window = .standard,
        priority: PriorityClass,
        hold: CallHold = .none
    ) {
        self.endpoint = endpoint
        self.purpose = purpose
        self.object = object
        self.records = records
        self.cost = cost
        self.window = window
        self.priority = priority
        self.hold = hold
    }
}
