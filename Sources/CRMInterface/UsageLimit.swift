/// One of a vendor's allowances and how much of it is used.
package struct UsageLimit: Sendable, Hashable {
    package var name: String
    package var max: Int64
    package var used: Int64

    package init(name: String, max: Int64, used: Int64) {
        self.name = name
        self.max = max
        self.used = used
    }
}
