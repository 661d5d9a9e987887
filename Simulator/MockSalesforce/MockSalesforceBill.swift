/// What one credential has used of one kind of endpoint.
package struct MockSalesforceBill: Sendable, Hashable {
    package var credential: String
    package var kind: MockSalesforceCall.Kind
    package var requests: Int
    /// In calls against the daily limit.
    package var cost: Int

    package init(
        credential: String,
        kind: MockSalesforceCall.Kind,
        requests: Int,
        cost: Int
    ) {
        self.credential = credential
        self.kind = kind
        self.requests = requests
        self.cost = cost
    }
}
