import Foundation

extension [UInt8] {
    /// The bytes as GRDB binds a blob.
    var data: Data { Data(self) }
}
