//! The bodies of all instructions that the loop does not complete in its registers.

use super::Vm;
use super::frame::GreenThread;
use super::loaded::LoadedCode;
use super::run::Body;
use crate::code::{Instr, Op};
use crate::object::builtin::class_id as c;

impl Vm {
    /// Executes an instruction by its body. The dispatch of everything but the fast paths.
    #[expect(clippy::too_many_lines, reason = "one line an instruction")]
    #[inline(never)]
    pub(super) fn perform(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, instr: Instr) -> Body {
        let arg = instr.arg;
        match instr.op {
            Op::LoadConst
            | Op::LoadFast
            | Op::StoreFast
            | Op::PopTop
            | Op::PushNull
            | Op::Copy
            | Op::Swap
            | Op::Nop
            | Op::Resume
            | Op::EndFor
            | Op::IsOp
            | Op::UnaryNot
            | Op::JumpForward
            | Op::JumpBackward
            | Op::JumpBackwardNoInterrupt
            | Op::PopJumpIfFalse
            | Op::PopJumpIfTrue
            | Op::PopJumpIfNone
            | Op::PopJumpIfNotNone => unreachable!("the loop completes it"),
            Op::LoadFastAndClear => self.op_load_fast_and_clear(t, arg),
            Op::LoadAssertionError => self.op_load_class(t, c::ASSERTION_ERROR),
            Op::PopExcept => self.op_pop_except(t),
            Op::ReturnValue => self.op_return_value(t),
            Op::ReturnConst => self.op_return(t, loaded.consts[arg as usize]),
            Op::ToBool => self.op_to_bool(t),
            Op::BinaryOp => self.op_binary(t, arg),
            Op::CompareOp => self.op_compare(t, arg),
            Op::ForIter => self.op_for_iter(t, arg),
            Op::LoadGlobal => self.op_load_global(t, loaded, pc, arg),
            Op::StoreGlobal => self.op_store_global(t, loaded, pc, arg),
            Op::DeleteGlobal => self.op_delete_global(t, loaded, arg),
            Op::LoadName => self.op_load_name(t, loaded, pc, arg),
            Op::StoreName => self.op_store_name(t, loaded, pc, arg),
            Op::DeleteName => self.op_delete_name(t, loaded, arg),
            Op::LoadLocals => self.op_load_locals(t),
            Op::LoadFromDictOrGlobals => self.op_load_from_dict_or_globals(t, loaded, arg),
            Op::LoadFromDictOrDeref => self.op_load_from_dict_or_deref(t, loaded, arg),
            Op::LoadFastCheck => self.op_load_fast_check(t, loaded, arg),
            Op::DeleteFast => self.op_delete_fast(t, loaded, arg),
            Op::LoadDeref => self.op_load_deref(t, loaded, arg),
            Op::StoreDeref => self.op_store_deref(t, arg),
            Op::DeleteDeref => self.op_delete_deref(t, loaded, arg),
            Op::MakeCell => self.op_make_cell(t, arg),
            Op::CopyFreeVars => self.op_copy_free_vars(t, loaded, arg),
            Op::LoadAttr => self.op_load_attr(t, loaded, pc, arg),
            Op::StoreAttr => self.op_store_attr(t, loaded, pc, arg),
            Op::DeleteAttr => self.op_delete_attr(t, loaded, pc, arg),
            Op::LoadSuperAttr => self.op_load_super_attr(t, loaded, arg),
            Op::BinarySubscr => self.op_binary_subscr(t),
            Op::StoreSubscr => self.op_store_subscr(t),
            Op::DeleteSubscr => self.op_delete_subscr(t),
            Op::BinarySlice => self.op_binary_slice(t),
            Op::StoreSlice => self.op_store_slice(t),
            Op::LoadBuildClass => self.op_load_build_class(t),
            Op::SetupAnnotations => self.op_setup_annotations(t),
            Op::ContainsOp => self.op_contains(t, arg),
            Op::UnaryNegative => self.op_negative(t),
            Op::UnaryInvert => self.op_invert(t),
            Op::CallIntrinsic1 => self.op_intrinsic_1(t, arg),
            Op::CallIntrinsic2 => self.op_intrinsic_2(t, arg),
            Op::BuildTuple => self.op_build_tuple(t, arg),
            Op::BuildList => self.op_build_list(t, arg),
            Op::BuildSet => self.op_build_set(t, arg),
            Op::BuildMap => self.op_build_map(t, arg),
            Op::BuildConstKeyMap => self.op_build_const_key_map(t, arg),
            Op::BuildString => self.op_build_string(t, arg),
            Op::BuildSlice => self.op_build_slice(t, arg),
            Op::ListAppend => self.op_list_append(t, arg),
            Op::SetAdd => self.op_set_add(t, arg),
            Op::MapAdd => self.op_map_add(t, arg),
            Op::ListExtend => self.op_list_extend(t, arg),
            Op::SetUpdate => self.op_set_update(t, arg),
            Op::DictUpdate => self.op_dict_update(t, arg),
            Op::DictMerge => self.op_dict_merge(t, arg),
            Op::ConvertValue => self.op_convert_value(t, arg),
            Op::FormatSimple => self.op_format_simple(t),
            Op::FormatWithSpec => self.op_format_with_spec(t),
            Op::UnpackSequence => self.op_unpack_sequence(t, arg),
            Op::UnpackEx => self.op_unpack_ex(t, arg),
            Op::GetIter => self.op_get_iter(t),
            Op::GetLen => self.op_get_len(t),
            Op::Call => self.op_call(t, arg, loaded.caches as usize + pc),
            Op::CallKw => self.op_call_kw(t, arg),
            Op::CallFunctionEx => self.op_call_function_ex(t, arg),
            Op::MakeFunction => self.op_make_function(t),
            Op::SetFunctionAttribute => self.op_set_function_attribute(t, arg),
            Op::ReturnGenerator => self.op_return_generator(t),
            Op::YieldValue => self.op_yield(t),
            Op::Send => self.op_send(t, arg),
            Op::EndSend => self.op_end_send(t),
            Op::GetYieldFromIter => self.op_get_yield_from_iter(t),
            Op::CleanupThrow => self.op_cleanup_throw(t),
            Op::PushExcInfo => self.op_push_exc_info(t),
            Op::CheckExcMatch => self.op_check_exc_match(t),
            Op::CheckEgMatch => self.op_check_eg_match(t),
            Op::Reraise => self.op_reraise(t, arg),
            Op::RaiseVarargs => self.op_raise(t, arg),
            Op::BeforeWith => self.op_before_with(t, loaded.caches as usize + pc),
            Op::WithExceptStart => self.op_with_except_start(t),
            Op::ImportName => self.op_import_name(t, loaded, arg),
            Op::ImportFrom => self.op_import_from(t, loaded, arg),
            Op::MatchClass => self.op_match_class(t, arg),
            Op::MatchKeys => self.op_match_keys(t),
            Op::MatchMapping => self.op_match_mapping(t),
            Op::MatchSequence => self.op_match_sequence(t),
        }
    }
}
