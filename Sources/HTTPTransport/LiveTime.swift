import Dispatch
import Foundation

/// The real clocks.
///
/// Nothing else in Sources may read one or sleep.
package struct LiveTime: TimeSource {
    package init() {}

    package var monotonicMilliseconds: Int64 {
        Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
    }

    package var wallMilliseconds: Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000)
    }

    package func sleep(milliseconds: Int64) async throws {
        try await Task.sleep(for: .milliseconds(milliseconds))
    }
}
