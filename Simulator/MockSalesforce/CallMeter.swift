import DequeModule

/// Counts calls in the rolling 24 hours and for the bill.
struct CallMeter: Sendable, Codable {
    private struct Payer: Sendable, Hashable, Codable {
        var credential: String
        var kind: MockSalesforceCall.Kind
    }

    private struct Total: Sendable, Codable {
        var requests = 0
        var cost = 0
    }

    /// Calls of one moment, or of one second.
    private struct Spent: Sendable, Codable {
        var at: Int64
        var cost: Int
    }

    private static let window = SalesforceTime.day
    /// Entries of the window that are kept one by one; beyond it a second's calls share one.
    private static let singleMax = 100_000

    /// Every call, for oracles, without those that were forgotten.
    private(set) var calls: [MockSalesforceCall] = []
    private var inWindow: Deque<Spent> = []
    private var sum = 0
    private var totals: [Payer: Total] = [:]

    mutating func count(_ call: MockSalesforceCall) {
        self.calls.append(call)
        let payer = Payer(credential: call.credential, kind: call.kind)
        self.totals[payer, default: Total()].requests += 1
        self.totals[payer, default: Total()].cost += call.cost
        self.sum += call.cost
        if self.inWindow.count >= Self.singleMax, let last = self.inWindow.last,
            last.at / 1_000 == call.at / 1_000
        {
            self.inWindow[self.inWindow.count - 1].cost += call.cost
        } else {
            self.inWindow.append(Spent(at: call.at, cost: call.cost))
        }
        while let first = self.inWindow.first, first.at <= call.at - Self.window {
            self.sum -= first.cost
            self.inWindow.removeFirst()
        }
    }

    func used(at now: Int64) -> Int {
        var used = self.sum
        for call in self.inWindow {
            guard call.at <= now - Self.window else { break }
            used -= call.cost
        }
        return used
    }

    /// Forgets the oldest calls; neither the bill nor the rolling 24 hours need them.
    mutating func forget(allBut count: Int) {
        self.calls.removeFirst(max(0, self.calls.count - count))
    }

    /// By credential name, then by kind in the order of its declaration.
    func bills() -> [MockSalesforceBill] {
        let credentials = Set(self.totals.keys.map(\.credential)).sorted()
        return credentials.flatMap { credential in
            MockSalesforceCall.Kind.allCases.compactMap { kind in
                self.totals[Payer(credential: credential, kind: kind)].map { total in
                    MockSalesforceBill(
                        credential: credential,
                        kind: kind,
                        requests: total.requests,
                        cost: total.cost
                    )
                }
            }
        }
    }
}
