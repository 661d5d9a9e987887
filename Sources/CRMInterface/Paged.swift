/// One page of a vendor's answer; without `next` the reply said that there is no more.
package struct Paged<Item: Sendable>: Sendable {
    package var items: [Item]
    /// The vendor's own locator of the next page.
    package var next: String?

    package init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}
