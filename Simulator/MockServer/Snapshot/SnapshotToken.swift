/// What a byte in a snapshot begins.
enum SnapshotToken: UInt8 {
    /// Ends what the last `begin` began.
    case end = 0
    case null = 1
    case no = 2
    case yes = 3
    /// A whole number follows, its sign in the lowest bit.
    case integer = 4
    /// A whole number follows that no `Int64` may hold.
    case unsigned = 5
    /// Eight bytes follow.
    case double = 6
    /// Text follows: how many bytes, and they.
    case text = 7
    /// The number of a text follows that was written before.
    case sameText = 8
    /// Bytes follow: how many, and they.
    case bytes = 9
    case begin = 10
    /// The number of a property's name follows; the name itself where it is a new one.
    case name = 11
    /// A text follows that is a number.
    case decimal = 12
}
