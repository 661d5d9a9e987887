/// A long poll without an answer yet: held until an event, or until its time is over.
package struct MockSalesforceHeldConnect: Sendable, Hashable {
    package var clientID: String
    /// Counts the client's connects; a newer one ends an older one.
    package var number: Int
    /// Server milliseconds at which it is answered without an event.
    package var until: Int64

    init(clientID: String, number: Int, until: Int64) {
        self.clientID = clientID
        self.number = number
        self.until = until
    }
}
