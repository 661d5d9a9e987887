/// Counts calls in the rolling 24 hours and for the bill.
struct CallMeter: Sendable {
    private static let window = SalesforceTime.day

    private(set) var calls: [MockSalesforceCall] = []
    private var firstInWindow = 0
    private var sum = 0

    mutating func count(_ call: MockSalesforceCall) {
        self.calls.append(call)
        self.sum += call.cost
        while self.calls[self.firstInWindow].at <= call.at - Self.window {
            self.sum -= self.calls[self.firstInWindow].cost
            self.firstInWindow += 1
        }
    }

    func used(at now: Int64) -> Int {
        var used = self.sum
        for call in self.calls[self.firstInWindow...] {
            guard call.at <= now - Self.window else { break }
            used -= call.cost
        }
        return used
    }

    /// By credential name, then by kind in the order of its declaration.
    func bills() -> [MockSalesforceBill] {
        var bills: [MockSalesforceBill] = []
        let credentials = Set(self.calls.map(\.credential)).sorted()
        for credential in credentials {
            for kind in MockSalesforceCall.Kind.allCases {
                let own = self.calls.filter { $0.credential == credential && $0.kind == kind }
                guard !own.isEmpty else { continue }
                bills.append(
                    MockSalesforceBill(
                        credential: credential,
                        kind: kind,
                        requests: own.count,
                        cost: own.reduce(0) { $0 + $1.cost }
                    )
                )
            }
        }
        return bills
    }
}
